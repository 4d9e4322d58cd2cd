#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| findings_fuzz::reports(data));
