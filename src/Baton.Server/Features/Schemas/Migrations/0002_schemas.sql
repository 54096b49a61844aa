-- One registered version of a schema; never changes. owner is empty for a public one, else the maker of a private one.
CREATE TABLE schema_version (
    workspace_id  text   NOT NULL,
    schema_id     text   NOT NULL,
    owner         text   NOT NULL,
    name          text   NOT NULL,
    version       bigint NOT NULL,
    description   text,
    target_type   text   NOT NULL,
    compatibility text   NOT NULL,
    size          bigint NOT NULL,
    digest        bytea  NOT NULL,
    uri           text   NOT NULL,
    created_at    bigint NOT NULL,
    created_by    text   NOT NULL,
    created_seq   bigint NOT NULL,
    PRIMARY KEY (workspace_id, schema_id)
);

CREATE INDEX schema_version_by_name ON schema_version (workspace_id, owner, name, version);

-- By the absolute $id of a definition; most have none.
CREATE INDEX schema_version_by_uri ON schema_version (workspace_id, uri) WHERE uri <> '';

-- Apart from the version's facts, because it can be large. pins: which schema each of its references means.
CREATE TABLE schema_definition (
    workspace_id text  NOT NULL,
    schema_id    text  NOT NULL,
    definition   bytea NOT NULL,
    salt         bytea NOT NULL,
    pins         text  NOT NULL,
    PRIMARY KEY (workspace_id, schema_id)
);

-- A name, and its newest version that was not deleted (empty: all were); last_version goes on.
CREATE TABLE schema_name (
    workspace_id text   NOT NULL,
    name         text   NOT NULL,
    owner        text   NOT NULL,
    newest_id    text   NOT NULL,
    last_version bigint NOT NULL,
    deleted_at   bigint,
    PRIMARY KEY (workspace_id, name, owner)
);

-- What uses a schema: `stash:report`, `stream:str_…`, or another schema that refers to it. A thing that has expired no
-- longer counts; what never does has the greatest time.
CREATE TABLE schema_binding (
    workspace_id text   NOT NULL,
    schema_id    text   NOT NULL,
    resource     text   NOT NULL,
    expires_at   bigint NOT NULL,
    PRIMARY KEY (workspace_id, schema_id, resource)
);

-- What discovery looks through: few of all stashes.
CREATE INDEX stash_discoverable ON stash (workspace_id, name) WHERE discoverable = 1;
