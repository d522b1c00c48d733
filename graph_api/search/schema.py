"""The tables of the read model."""

from __future__ import annotations

VERSION = 3

TABLES = """
CREATE TABLE entity (
    id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
    funder INTEGER NOT NULL, named INTEGER NOT NULL,
    type INTEGER, started TEXT, ended TEXT, confidence REAL, degree INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE name (entity INTEGER, text TEXT, language TEXT, rank INTEGER, folded TEXT);
CREATE VIRTUAL TABLE found USING fts5(preferred, alternative, description, tokenize='trigram', detail=full);
CREATE TABLE token (token TEXT, entity INTEGER, PRIMARY KEY (token, entity)) WITHOUT ROWID;
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
CREATE VIRTUAL TABLE form USING fts5(forms, content='', tokenize='trigram');
CREATE TABLE statement (
    subject INTEGER, predicate TEXT, object INTEGER, value TEXT, datatype TEXT, language TEXT, graph TEXT
);
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, document INTEGER, graph TEXT,
    subject INTEGER, predicate TEXT, object INTEGER, value TEXT,
    quote TEXT, start INTEGER, "end" INTEGER, row INTEGER, "column" TEXT, sheet TEXT,
    standing TEXT, standing_rank INTEGER, confidence REAL, rule TEXT
);
CREATE TABLE kept (entity INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE support (evidence INTEGER, entity INTEGER, PRIMARY KEY (entity, evidence)) WITHOUT ROWID;
"""

# A statement rests on the evidence that states it; where there is none, on what supports its subject in the same
# document; and a direct link between an organisation and an initiative, on what supports the participation or funding
# behind it (design: "one row can support an initiative, its participations and fundings").
AFTERWARDS = """
CREATE TABLE fact (
    id INTEGER PRIMARY KEY, subject INTEGER, predicate TEXT, object INTEGER, value TEXT, datatype TEXT, language TEXT,
    standing TEXT, confidence REAL
);
INSERT INTO fact (subject, predicate, object, value, datatype, language)
    SELECT DISTINCT subject, predicate, object, value, datatype, language FROM statement
    ORDER BY subject, predicate, object, value;
CREATE INDEX fact_by_subject ON fact (subject, predicate);
CREATE INDEX fact_by_object ON fact (object, predicate) WHERE object IS NOT NULL;
CREATE INDEX statement_by_fact ON statement (subject, predicate);
CREATE INDEX evidence_by_subject ON evidence (subject, predicate);
CREATE TABLE basis (fact INTEGER, evidence INTEGER, PRIMARY KEY (fact, evidence)) WITHOUT ROWID;
INSERT OR IGNORE INTO basis
    SELECT f.id, e.id FROM evidence e JOIN fact f ON f.subject = e.subject AND f.predicate = e.predicate
    AND f.object IS e.object AND f.value = e.value;
INSERT OR IGNORE INTO basis
    SELECT f.id, e.id FROM statement s
    JOIN fact f ON f.subject = s.subject AND f.predicate = s.predicate AND f.object IS s.object AND f.value = s.value
    JOIN support u ON u.entity = s.subject JOIN evidence e ON e.id = u.evidence AND e.graph = s.graph
    WHERE NOT EXISTS (SELECT 1 FROM basis b WHERE b.fact = f.id);
CREATE TEMP TABLE link AS
    SELECT part.object AS subject, 'participatesIn' AS predicate, whole.object AS object, part.subject AS node
    FROM fact part JOIN fact whole ON whole.subject = part.subject AND whole.predicate = 'inInitiative'
    WHERE part.predicate = 'participant'
    UNION ALL
    SELECT part.object, 'funds', whole.object, part.subject
    FROM fact part JOIN fact whole ON whole.subject = part.subject AND whole.predicate = 'fundedInitiative'
    WHERE part.predicate = 'funder';
INSERT OR IGNORE INTO basis
    SELECT f.id, u.evidence FROM link l
    JOIN fact f ON f.subject = l.subject AND f.predicate = l.predicate AND f.object = l.object
    JOIN support u ON u.entity = l.node
    WHERE NOT EXISTS (SELECT 1 FROM basis b WHERE b.fact = f.id);
UPDATE fact SET
    confidence = (SELECT max(e.confidence) FROM basis b JOIN evidence e ON e.id = b.evidence WHERE b.fact = fact.id),
    standing = (SELECT e.standing FROM basis b JOIN evidence e ON e.id = b.evidence WHERE b.fact = fact.id
                ORDER BY e.standing_rank DESC LIMIT 1);
CREATE INDEX basis_by_evidence ON basis (evidence);
CREATE INDEX evidence_by_document ON evidence (document);
DROP TABLE statement;
UPDATE entity SET
    type = (SELECT min(f.object) FROM fact f WHERE f.subject = entity.id AND f.predicate =
        CASE entity.kind WHEN 'organisation' THEN 'organisationType' WHEN 'place' THEN 'placeKind'
        ELSE 'initiativeKind' END),
    started = (SELECT min(f.value) FROM fact f WHERE f.subject = entity.id AND f.predicate = 'start'),
    ended = (SELECT max(f.value) FROM fact f WHERE f.subject = entity.id AND f.predicate = 'end'),
    confidence = max(
        coalesce((SELECT max(f.confidence) FROM fact f WHERE f.subject = entity.id), -1),
        coalesce((SELECT max(f.confidence) FROM fact f WHERE f.object = entity.id), -1)),
    degree = (SELECT count(*) FROM fact f WHERE f.object = entity.id AND f.predicate <> 'mentions')
        + (SELECT count(*) FROM fact f WHERE f.subject = entity.id AND f.object IS NOT NULL);
UPDATE entity SET confidence = NULL WHERE confidence < 0;
UPDATE entity SET name = (
    SELECT group_concat(o.name, ' · ') FROM fact f JOIN entity o ON o.id = f.object WHERE f.subject = entity.id
        AND f.predicate IN ('participant', 'role', 'funder', 'inInitiative', 'fundedInitiative'))
    WHERE kind IN ('participation', 'funding');
CREATE INDEX entity_by_name ON entity (kind, folded, id);
CREATE INDEX name_by_entity ON name (entity);
CREATE INDEX name_by_text ON name (folded);
CREATE INDEX token_by_entity ON token (entity);

-- Which initiatives an entity is tied to, and how: an initiative to itself and to its pilots'.
CREATE TABLE tie (entity INTEGER, link TEXT, initiative INTEGER, PRIMARY KEY (entity, link, initiative)) WITHOUT ROWID;
INSERT INTO tie SELECT id, 'is', id FROM entity WHERE kind IN ('initiative', 'pilot');
INSERT OR IGNORE INTO tie SELECT subject, predicate, object FROM fact
    WHERE predicate IN ('participatesIn', 'funds', 'contactFor', 'describes', 'pilotOf') AND object IS NOT NULL;
INSERT OR IGNORE INTO tie SELECT object, predicate, subject FROM fact
    WHERE predicate IN ('usesMethod', 'takesPlaceIn', 'hostedBy') AND object IS NOT NULL;
CREATE INDEX tie_by_initiative ON tie (initiative, entity);
-- Where an entity is, with all that this lies in; people, methods and documents are where their initiatives are.
CREATE TABLE place (entity INTEGER, place INTEGER, PRIMARY KEY (entity, place)) WITHOUT ROWID;
INSERT INTO place
    WITH RECURSIVE inside (entity, place) AS (
        SELECT id, id FROM entity WHERE kind = 'place'
        UNION
        SELECT i.entity, f.object FROM inside i JOIN fact f ON f.subject = i.place
            AND f.predicate IN ('broader', 'wellbeingCounty', 'mergedInto') JOIN entity e ON e.id = f.object AND e.kind = 'place'
    ) SELECT entity, place FROM inside;
INSERT OR IGNORE INTO place SELECT f.subject, p.place FROM fact f JOIN place p ON p.entity = f.object
    WHERE f.predicate IN ('takesPlaceIn', 'locatedIn');
INSERT OR IGNORE INTO place SELECT t.entity, p.place FROM entity e JOIN tie t ON t.entity = e.id
    JOIN place p ON p.entity = t.initiative WHERE e.kind IN ('person', 'method', 'document');
CREATE INDEX place_by_place ON place (place, entity);
"""
