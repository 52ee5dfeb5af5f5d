//! Texts of the welcome page: the first words that a person reads, also shown in the firm's preview of that page.

crate::texts! {
    /// Texts of the first page of somebody who was invited.
    WelcomeText {
        title(firm: &str): "Welkom bij {firm}", "Welcome to {firm}";
        lead: "Hier regelt u samen met uw adviseur uw belastingzaken: veilig en op één plek.",
            "Here you and your advisor take care of your taxes: safely and in one place.";
        passkey_title: "Inloggen zonder wachtwoord", "Log in without a password";
        passkey_body: "U maakt nu een passkey. Daarna logt u in met uw gezicht, vingerafdruk of pincode, net als bij uw telefoon. Die gegevens blijven op uw telefoon.",
            "You now make a passkey. From then on you log in with face, fingerprint or PIN, as on your phone. Those never leave your device.";
        make: "Maak mijn passkey", "Make my passkey";
        help(firm: &str): "Lukt het niet? Bel {firm}:", "Does it not work? Call {firm}:";
    }
}
