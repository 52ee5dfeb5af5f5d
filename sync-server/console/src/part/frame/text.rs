//! The texts of the frame around every page.

ui::texts! {
    /// Texts of the frame around every page.
    Shell {
        skip: "Naar de inhoud", "Skip to content";
        search: "Zoek een klant", "Find a client";
        search_hint: "Naam, nummer of mailadres. Met de pijltjes kiest u.", "Name, number or mail address. Choose with the arrow keys.";
        menu: "Hoofdmenu", "Main menu";
        dashboard: "Dashboard", "Dashboard";
        clients: "Klanten", "Clients";
        returns: "Aangiften", "Returns";
        mails: "E-mailsjablonen", "Mail templates";
        templates: "Vragenlijsten", "Checklists";
        import: "Uitnodigen en import", "Invite and import";
        portal: "Portaal inrichten", "Set up the portal";
        updated(at: &str): "Bijgewerkt om {at}", "Up to date at {at}";
        something_new: "Er is iets nieuws. Ververs de pagina als u klaar bent met typen.", "There is something new. Refresh the page once you are done typing.";
        log_out: "Uitloggen", "Log out";
        log_out_everywhere: "Uitloggen op alle apparaten", "Log out on all devices";
        tax_year: "Belastingjaar", "Tax year";
        reader: "U kunt meekijken. Uw rol laat niet toe dat u iets wijzigt.", "You can look along. Your role does not let you change anything.";
    }
}
