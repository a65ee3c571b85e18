with source as (
    select * from {{ source('raw', 'template_categories') }}
),

renamed as (
    select
        template_id,
        category_code,
        confidence
    from source
)

select * from renamed
