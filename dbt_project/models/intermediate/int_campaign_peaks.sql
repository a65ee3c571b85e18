{{ peaks_by('campaign_id') }}
