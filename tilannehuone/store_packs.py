"""What a frozen pack keeps of a release beside the series, in the style of `store`."""

# one row an indicator: its declaration as published, and its hash
DEFINITIONS = """
    select indicator_id, cast(definition as varchar) as definition, definitions_hash
    from indicators order by position"""
