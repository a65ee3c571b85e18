with source as (
    select * from {{ source('raw', 'campaign_assignments') }}
),

renamed as (
    select
        message_key,
        feed,
        captured_at,
        cast(captured_at as date) as captured_date,
        cast(date_trunc('month', captured_at) as date) as month,
        template_id,
        assigned_campaign_id
    from source
)

select * from renamed
