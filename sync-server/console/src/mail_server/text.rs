//! The texts of the page that sets the mail server.

ui::texts! {
    /// Texts about the server that sends the firm's mails.
    MailServer {
        title: "Mailserver", "Mail server";
        lead: "Zonder eigen mailserver gaan uw mails via die van Akkoord.", "Without a mail server of your own, your mails go by Akkoord's.";
        own_server: "Eigen mailserver", "Your own mail server";
        common: "Uw mails gaan via de mailserver van Akkoord.", "Your mails go by Akkoord's mail server.";
        by(host: &str): "Uw mails gaan via {host}.", "Your mails go by {host}.";
        host: "Adres", "Address";
        host_hint: "zoals smtp.voorbeeld.nl", "such as smtp.example.com";
        port: "Poort", "Port";
        security: "Beveiliging", "Security";
        starttls: "STARTTLS", "STARTTLS";
        tls: "TLS vanaf het begin", "TLS from the start";
        plain: "Geen", "None";
        user: "Gebruikersnaam", "User name";
        password: "Wachtwoord", "Password";
        password_kept: "leeg: blijft zoals het is", "empty: stays as it is";
        from: "Afzenderadres", "Sender address";
        from_hint: "leeg: dat van uw kantoor", "empty: the one of your firm";
        save: "Opslaan", "Save";
        test: "Stuur een test naar mij", "Send me a test";
        remove: "Gebruik weer die van Akkoord", "Use Akkoord's again";
        saved: "Opgeslagen. De volgende mail gaat zo.", "Saved. The next mail goes this way.";
        test_good: "De mailserver nam de test aan en zei:", "The mail server took the test and said:";
        test_bad: "De test is niet gelukt. De mailserver zei:", "The test failed. The mail server said:";
        not_reached: "De test is niet gelukt: deze mailserver is niet bereikt over een beveiligde verbinding met een geldig certificaat. Controleer adres, poort en beveiliging. Een mailserver in een intern netwerk werkt alleen als de beheerder van dit portaal dat toestaat.",
            "The test failed: this mail server was not reached over a secure connection with a valid certificate. Check address, port and security. A mail server in an internal network works only if the operator of this portal allows it.";
        test_refused: "De test is niet gelukt: deze mailserver weigert de mail. Waarom, tonen wij alleen over een beveiligde verbinding.",
            "The test failed: this mail server refuses the mail. Why is shown over a secure connection only.";
        too_many: "Er zijn dit uur al tien tests verstuurd. Probeer het over een uur opnieuw.", "Ten tests were sent within this hour. Please try again in an hour.";
        host_malformed: "Dit is geen adres van een mailserver.", "This is not the address of a mail server.";
        port_malformed: "Gebruik poort 25, 465, 587 of 2525.", "Use port 25, 465, 587 or 2525.";
        security_missing: "Zonder beveiliging kan iedereen onderweg meelezen.", "Without security everybody on the way can read along.";
        password_missing: "Vul het wachtwoord in dat bij deze mailserver hoort.", "Fill in the password that belongs to this mail server.";
        too_long: "Dit is te lang.", "This is too long.";
        from_malformed: "Dit is geen mailadres.", "This is not a mail address.";
        signature: "Handtekening (DKIM)", "Signature (DKIM)";
        signature_lead: "Met een handtekening kan de ontvanger nagaan dat een mail van uw domein komt. Dan belandt hij minder snel bij de spam.",
            "With a signature the recipient can check that a mail comes from your domain. Then it ends up as spam less often.";
        domain: "Domein", "Domain";
        domain_malformed: "Vul een domein in, zoals voorbeeld.nl.", "Fill in a domain, such as example.com.";
        algorithm: "Soort sleutel", "Kind of key";
        algorithm_hint: "Ed25519 is de veiligste. Kies RSA als uw ontvangers alleen dat controleren: grote mailbedrijven doen dat vaak nog.",
            "Ed25519 is the safest. Choose RSA if your recipients check nothing else: large mail providers often still do not.";
        make: "Maak een sleutel", "Make a key";
        make_again: "Maak een nieuwe sleutel", "Make a new key";
        dns: "Zet dit in de DNS van uw domein, als TXT-record. Zet de handtekening daarna aan.",
            "Put this into the DNS of your domain, as a TXT record. Then switch the signature on.";
        record_name: "Naam", "Name";
        record_text: "Waarde", "Value";
        switch_on: "Zet de handtekening aan", "Switch the signature on";
        switch_off: "Zet de handtekening uit", "Switch the signature off";
        is_on(domain: &str): "Mails van {domain} worden ondertekend.", "Mails of {domain} are signed.";
        is_off: "De handtekening staat uit.", "The signature is off.";
        other_domain(address: &str): "Uw afzenderadres {address} hoort niet bij dit domein: daar komt geen handtekening op.",
            "Your sender address {address} does not belong to this domain: it gets no signature.";
    }
}
