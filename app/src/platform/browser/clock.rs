//! The browser's clock and time zone.

use js_sys::Date;
use model::time::Timestamp;
use wasm_bindgen::JsValue;

pub fn now() -> Timestamp {
    // The value is a whole number of milliseconds, far below 2^53.
    Timestamp(Date::now() as i64)
}

pub fn utc_offset_minutes(at: Timestamp) -> i32 {
    -(Date::new(&JsValue::from_f64(at.0 as f64)).get_timezone_offset() as i32)
}
