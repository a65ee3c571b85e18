"""Running Airflow on one machine: its home, its processes, its REST interface. Knows nothing of what the DAGs do."""
