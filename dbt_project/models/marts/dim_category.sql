select
    category_code,
    name,
    rsit_class,
    rsit_type,
    description
from {{ ref('categories') }}
