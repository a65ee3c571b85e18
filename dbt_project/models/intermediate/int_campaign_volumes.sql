{{ volumes_by('campaign_id', ref('int_campaign_peaks')) }}
