"""What the pipeline does, importable without Airflow."""
