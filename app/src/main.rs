//! Starts the app.

fn main() {
    app::platform::window::launch(app::app::App);
}
