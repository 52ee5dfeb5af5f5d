//! Randomness from the operating system.

pub fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Without randomness two devices could choose the same identifier.
        std::process::abort();
    }
    bytes
}
