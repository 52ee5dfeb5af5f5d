//! Starts the app in a browser. A native build has nothing to start: there the
//! crate is a library for tests.

fn main() {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    {
        console_error_panic_hook::set_once();
        dioxus::LaunchBuilder::web().launch(app::app::App);
    }
}
