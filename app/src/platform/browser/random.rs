//! Randomness from the browser.

pub fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // Without randomness two devices could choose the same identifier.
        wasm_bindgen::throw_str(&error.to_string());
    }
    bytes
}
