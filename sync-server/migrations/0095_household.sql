-- A household that came apart: from this tax year on the person is no longer in this dossier. Earlier
-- years stay as they are.
alter table person add column until_year integer;
