//! The texts of the report of a season.

ui::texts! {
    /// Texts of the report of a season.
    Report {
        title(year: i16): "Seizoen {year}", "Season {year}";
        lead: "Hoeveel klanten per week zover waren.", "How many clients were that far, per week.";
        link: "Bekijk het verloop", "See the course";
        csv: "Download CSV", "Download CSV";
        week: "Week tot en met", "Week up to";
        registered: "Geregistreerd", "Registered";
        handed_in: "Checklist ingeleverd", "Checklist handed in";
        drafted: "Concept klaargezet", "Draft set out";
        approved: "Eerste akkoord", "First approval";
        filed: "Verstuurd", "Filed";
        chart: "Grafiek van het aantal klanten per week; dezelfde getallen staan in de tabel eronder", "Chart of the number of clients per week; the same figures are in the table below";
        nothing: "Er is in dit seizoen nog niets gebeurd.", "Nothing has happened in this season yet.";
        to_do: "Nu te doen", "To do now";
        overdue: "Te laat", "Overdue";
        overdue_sub: "klanten met een verlopen datum", "clients with a date that passed";
        to_file: "Klaar om te versturen", "Ready to file";
        waiting: "Wacht op u", "Waiting for you";
        waiting_sub: "klanten", "clients";
        whose: "Van wie", "Whose";
        mine: "Mijn klanten", "My clients";
        all: "Heel kantoor", "Whole firm";
        of_clients(n: usize): "van {n} klant" | "van {n} klanten", "of {n} client" | "of {n} clients";
    }
}
