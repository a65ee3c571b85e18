{{ peaks_by('ring_id') }}
