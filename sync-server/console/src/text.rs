//! All texts of the console, in both languages.

mod advisors;
mod archive;
mod audit_log;
mod clients;
mod contact;
mod documents;
mod dossier;
mod import;
mod mail_settings;
mod mails;
mod person;
mod portal;
mod signature;
mod template;

pub use self::documents::Documents;
pub use advisors::Advisors;
pub use archive::Archive;
pub use audit_log::AuditLog;
pub use clients::{Bulk, ClientHappened, EditClient, Filters, Report};
pub use contact::*;
pub use dossier::*;
pub use import::{Columns, Faults, Importing};
pub use mail_settings::*;
pub use mails::*;
pub use person::*;
pub use portal::*;
pub use signature::Signed;
pub use template::Templates;

ui::texts! {
    /// Texts of the frame around every page.
    Shell {
        skip: "Naar de inhoud", "Skip to content";
        search: "Zoek een klant", "Find a client";
        search_hint: "Naam, nummer of mailadres. Met de pijltjes kiest u.", "Name, number or mail address. Choose with the arrow keys.";
        menu: "Hoofdmenu", "Main menu";
        dashboard: "Dashboard", "Dashboard";
        clients: "Klanten", "Clients";
        mails: "E-mailsjablonen", "Mail templates";
        templates: "Vragenlijsten", "Checklists";
        portal: "Portaal inrichten", "Set up the portal";
        updated(at: &str): "Bijgewerkt om {at}", "Up to date at {at}";
        something_new: "Er is iets nieuws. Ververs de pagina als u klaar bent met typen.", "There is something new. Refresh the page once you are done typing.";
        log_out: "Uitloggen", "Log out";
        tax_year: "Belastingjaar", "Tax year";
        reader: "U kunt meekijken. Uw rol laat niet toe dat u iets wijzigt.", "You can look along. Your role does not let you change anything.";
    }
    /// Texts of the first start, the invitation and the login.
    Start {
        begin_title: "Uw kantoor in Akkoord", "Your firm in Akkoord";
        begin_lead: "Nog een paar gegevens. Daarna maakt u een passkey en bent u binnen.", "A few details. Then you make a passkey and you are in.";
        firm: "Uw kantoor", "Your firm";
        you: "Uzelf", "Yourself";
        firm_name: "Naam van uw kantoor", "Name of your firm";
        firm_phone: "Telefoon voor klanten", "Phone for clients";
        sender_address: "E-mail van uw kantoor", "E-mail of your firm";
        sender_hint: "hiervandaan gaan de mails naar klanten", "mails to clients come from here";
        name: "Uw naam", "Your name";
        given_name: "Uw voornaam", "Your given name";
        given_name_hint: "zo noemen klanten u", "what clients call you";
        email: "Uw e-mailadres", "Your e-mail address";
        user_name: "Gebruikersnaam", "User name";
        user_name_hint: "3 tot 40 letters, cijfers, punten of streepjes", "3 to 40 letters, digits, dots or dashes";
        next: "Verder", "Continue";
        make_passkey: "Maak mijn passkey", "Make my passkey";
        passkey_title: "Inloggen zonder wachtwoord", "Log in without a password";
        passkey_lead: "U maakt nu een passkey. Daarna logt u in met uw gezicht, vingerafdruk of pincode. Die gegevens blijven op uw apparaat.", "You now make a passkey. Then you log in with your face, fingerprint or PIN. Those stay on your device.";
        welcome_title: "Welkom bij Akkoord", "Welcome to Akkoord";
        welcome_lead: "U bent uitgenodigd om in het kantoor te werken.", "You are invited to work in the firm's console.";
        code: "Code van uw beheerder", "Code of your administrator";
        code_hint: "die hoort u van een beheerder van uw kantoor", "an administrator of your firm tells you";
        join: "Ik heb al een passkey voor Akkoord", "I have a passkey for Akkoord already";
        link_again: "Stuur mij een nieuwe link", "Send me a new link";
        link_sent: "Er is een nieuwe link onderweg naar uw e-mailadres.", "A new link is on its way to your e-mail address.";
        link_by_phone: "Een nieuwe link kan alleen een beheerder van uw kantoor sturen.", "Only an administrator of your firm can send a new link.";
        login_title: "Welkom terug", "Welcome back";
        login_lead: "Log in bij het kantoor.", "Log in to the console.";
        login: "Log in met passkey", "Log in with passkey";
        login_hint: "Met uw gezicht, vingerafdruk of pincode", "With your face, fingerprint or PIN";
        for_clients: "Bent u klant? Open dan de app van uw adviseur.", "Are you a client? Then open your advisor's app.";
        open_app: "Naar de app", "To the app";
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
    /// Names of the phases of a client's year.
    Stages {
        not_invited: "Niet uitgenodigd", "Not invited";
        invited: "Uitgenodigd", "Invited";
        registered: "Geregistreerd", "Registered";
        checklist: "Checklist bezig", "Checklist under way";
        to_draft: "Klaar voor concept", "Ready to draft";
        to_approve: "Wacht op akkoord", "Waiting for approval";
        approved: "Akkoord", "Approved";
        part(given: u32, asked: u32): "{given} van {asked}", "{given} of {asked}";
        attention_declined: "Niet akkoord", "Declined";
        attention_not_accepted: "Handtekening niet geldig", "Signature not valid";
        attention_ready_to_file: "Klaar om te versturen", "Ready to file";
        attention_question: "Vraag gesteld", "Question asked";
        attention_proposal: "Wijziging doorgegeven", "Change reported";
        attention_differing: "Twee antwoorden", "Two answers";
        attention_handed_in: "Checklist ingeleverd", "Checklist handed in";
        expired: "Uitnodiging verlopen", "Invitation expired";
        questions(answered: u32, asked: u32): "{answered} van {asked} vragen", "{answered} of {asked} questions";
    }
    /// Texts of the dashboard.
    Dashboard {
        morning(name: &str): "Goedemorgen, {name}", "Good morning, {name}";
        afternoon(name: &str): "Goedemiddag, {name}", "Good afternoon, {name}";
        evening(name: &str): "Goedenavond, {name}", "Good evening, {name}";
        came_in: "Binnengekomen sinds gisteren", "Came in since yesterday";
        approvals: "Akkoord", "Approvals";
        approvals_sub: "gegeven en geldig", "given and valid";
        checklists: "Checklists", "Checklists";
        checklists_sub: "ingeleverd", "handed in";
        documents: "Documenten", "Documents";
        documents_sub: "ontvangen", "received";
        messages: "Vragen", "Questions";
        messages_sub: "en berichten", "and messages";
        season(year: i16): "Seizoen {year}", "Season {year}";
        clients(n: usize): "{n} klant" | "{n} klanten", "{n} client" | "{n} clients";
        invited: "Uitgenodigd", "Invited";
        registered: "Geregistreerd", "Registered";
        checklist_done: "Checklist compleet", "Checklist complete";
        draft_done: "Concept klaargezet", "Draft set out";
        approved: "Akkoord gegeven", "Approved";
        to_invite(n: usize): "{n} uitnodigen" | "{n} uitnodigen", "{n} to invite" | "{n} to invite";
        not_registered(n: usize): "{n} nog niet" | "{n} nog niet", "{n} not yet" | "{n} not yet";
        busy(n: usize): "{n} bezig" | "{n} bezig", "{n} under way" | "{n} under way";
        to_make(n: usize): "{n} te maken" | "{n} te maken", "{n} to make" | "{n} to make";
        waiting(n: usize): "{n} wacht" | "{n} wachten", "{n} waiting" | "{n} waiting";
        waits_for_you: "Wacht op u", "Waiting for you";
        all_of_them: "Alles bekijken", "See all";
        failed_mails(n: u32): "{n} mail kon niet worden bezorgd." | "{n} mails konden niet worden bezorgd.", "{n} mail could not be delivered." | "{n} mails could not be delivered.";
        failed_mails_look: "Bekijk welke en wat u kunt doen", "See which and what you can do";
        nothing_waits: "Er wacht niets op u.", "Nothing is waiting for you.";
        look: "Bekijk", "Look";
        ready: "Klaar om te versturen", "Ready to file";
        none_ready: "Nog geen aangifte heeft van iedereen akkoord.", "No return has everybody's approval yet.";
        everybody: "Iedereen akkoord", "Everybody approved";
        latest: "Laatste gebeurtenissen", "Latest events";
        nothing_yet: "Nog niets. Voeg een klant toe en nodig die uit.", "Nothing yet. Add a client and send an invitation.";
    }
    /// Texts of the table of clients.
    Clients {
        title: "Klanten", "Clients";
        add: "Klant toevoegen", "Add client";
        export: "Download CSV", "Download CSV";
        filter: "Filter op fase", "Filter by stage";
        all: "Alle", "All";
        attention_only: "Vraagt aandacht", "Needs attention";
        search: "Zoek een klant", "Find a client";
        search_hint: "Naam, klantnummer of e-mail", "Name, client number or e-mail";
        search_button: "Zoek", "Find";
        clear: "Wis", "Clear";
        caption(year: i16): "Klanten met hun status voor belastingjaar {year}", "Clients with their status for tax year {year}";
        client: "Klant", "Client";
        number: "Nummer", "Number";
        stage(year: i16): "Fase {year}", "Stage {year}";
        checklist: "Checklist", "Checklist";
        attention: "Aandacht", "Attention";
        active: "Actief", "Active";
        empty: "Nog geen klanten. Voeg er een toe.", "No clients yet. Add one.";
        none_found: "Geen klant past bij deze keuze.", "No client fits this choice.";
        page(page: usize, pages: usize): "Pagina {page} van {pages}", "Page {page} of {pages}";
        previous: "Vorige", "Previous";
        next: "Volgende", "Next";
    }
    /// Texts of the form for a new client.
    NewClient {
        title: "Klant toevoegen", "Add client";
        lead(year: i16): "Daarna staat het dossier {year} open en kunt u de uitnodigingen versturen.", "Then the {year} dossier is open and you can send the invitations.";
        client: "Klant", "Client";
        number: "Klantnummer", "Client number";
        number_hint: "zoals in uw eigen administratie", "as in your own records";
        name: "Naam van het dossier", "Name of the dossier";
        name_hint: "bijvoorbeeld Marieke Jansen en Thomas Bakker", "for instance Marieke Jansen and Thomas Bakker";
        person: "Persoon", "Person";
        partner: "Fiscale partner", "Tax partner";
        partner_hint: "leeg laten als er geen is", "leave empty if there is none";
        full_name: "Volledige naam", "Full name";
        given_name: "Voornaam", "Given name";
        email: "E-mailadres", "E-mail address";
        language: "Taal", "Language";
        dutch: "Nederlands", "Dutch";
        english: "Engels", "English";
        add: "Toevoegen", "Add";
        add_and_invite: "Toevoegen en uitnodigen", "Add and invite";
        cancel: "Annuleren", "Cancel";
        number_missing: "Zonder klantnummer vindt u deze klant niet terug.", "Without a client number you cannot find this client again.";
        number_malformed: "Gebruik 1 tot 20 letters, cijfers, punten of streepjes.", "Use 1 to 20 letters, digits, dots or dashes.";
        number_taken(name: &str): "Dit nummer is al van {name}.", "This number already belongs to {name}.";
        name_missing: "Geef het dossier een naam.", "Give the dossier a name.";
        full_name_missing: "Vul de volledige naam in.", "Fill in the full name.";
        given_name_missing: "Vul de voornaam in: zo spreken de mails deze persoon aan.", "Fill in the given name: mails greet this person with it.";
        email_missing: "Zonder e-mail kan deze persoon niet inloggen.", "Without e-mail this person cannot log in.";
        email_malformed: "Dit is geen e-mailadres. Voorbeeld: naam@voorbeeld.nl", "This is not an e-mail address. Example: name@example.com";
        too_long: "Dit is te lang, of er staat een teken in dat niet kan.", "This is too long, or has a character that is not possible.";
    }
}
