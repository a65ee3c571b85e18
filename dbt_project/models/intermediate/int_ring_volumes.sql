{{ volumes_by('ring_id', ref('int_ring_peaks')) }}
