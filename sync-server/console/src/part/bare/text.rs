//! The texts of a page without a menu on which a passkey is made or used.

ui::texts! {
    /// Texts of a page without a menu on which a passkey is made or used.
    Bare {
        needs_script: "Een passkey maken of gebruiken kan alleen met JavaScript. Zet JavaScript aan in uw browser en laad de pagina opnieuw.", "Making or using a passkey needs JavaScript. Switch it on in your browser and reload this page.";
        error_no_link: "Deze pagina opent u met de link uit uw mail of uit het venster van de server.", "Open this page with the link from your mail or from the server's window.";
        error_cancelled: "U heeft de passkey niet afgemaakt. Probeer het gerust opnieuw.", "You did not finish the passkey. Feel free to try again.";
        error_unsupported: "Deze browser kan geen passkeys maken. Werk uw browser bij of gebruik een ander apparaat.", "This browser cannot make passkeys. Update it or use another device.";
        error_exists: "Op dit apparaat staat al een passkey voor deze login.", "This device already has a passkey for this login.";
        error_offline: "De server antwoordt niet. Controleer uw verbinding en probeer het opnieuw.", "The server does not answer. Check your connection and try again.";
        error_failed: "Het lukte niet. Probeer het opnieuw; blijft het misgaan, start de pagina dan opnieuw.", "It did not work. Try again; if it keeps failing, reload the page.";
        busy: "Een ogenblik…", "One moment…";
        required: "Vul dit in", "Fill this in";
    }
}
