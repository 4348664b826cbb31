"""Functions built into Databricks that are not computed here: refused by name, never taken for the user's."""

_NAMES = """
aes_decrypt aes_encrypt ai_decide ai_detect_anomalies ai_enrich ai_forecast ai_generate_text ai_parse_document
ai_predict_class ai_predict_value ai_prep_search ai_search ai_top_drivers ai_transcribe approx_top_k
approx_top_k_accumulate approx_top_k_combine approx_top_k_estimate bit_reverse bitmap_and_agg bitmap_bit_position
bitmap_bucket_number bitmap_construct_agg bitmap_count bitmap_or_agg cloud_files_state collate collation collations
count_min_sketch current_metastore current_oauth_custom_identity_claim current_recipient current_version event_log
from_avro from_protobuf from_xml get_warehouse_events histogram_numeric hll_sketch_agg hll_sketch_estimate hll_union
hll_union_agg http_request input_file_block_length input_file_block_start input_file_name is_valid_utf8 java_method
list_secrets make_valid_utf8 map_agg read_kafka read_kinesis read_pubsub read_pulsar read_state_metadata
read_statestore reflect remote_query schema_of_json_agg schema_of_variant_agg schema_of_xml secret sentences
session_window spark_partition_id sql_keywords to_avro to_protobuf to_xml try_aes_decrypt try_reflect try_secret
try_validate_utf8 try_zstd_decompress validate_utf8 variant_explode variant_explode_outer window_time xpath
xpath_boolean xpath_double xpath_float xpath_int xpath_long xpath_number xpath_short xpath_string zstd_compress
zstd_decompress
"""
_FAMILIES = ("h3_", "st_", "to_geography", "to_geometry", "try_to_geography", "try_to_geometry")
_REFUSED = frozenset(_NAMES.split())


def is_not_computed(name: str) -> bool:
    """Whether a function of that name, in small letters, is one of them."""
    return name in _REFUSED or name.startswith(_FAMILIES)
