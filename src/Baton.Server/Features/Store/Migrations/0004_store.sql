-- Records of namespaces, and of agents: the namespace of an agent's state begins with U+0001, which no namespace can.

-- cleared_seq: records written up to it are gone, though their rows are still there until they are erased.
-- stored_rows counts those and tombstones too; held_bytes what the records are charged to the workspace.
CREATE TABLE store_namespace (
    workspace_id text   NOT NULL,
    namespace    text   NOT NULL,
    records      bigint NOT NULL,
    bytes        bigint NOT NULL,
    held_bytes   bigint NOT NULL,
    stored_rows  bigint NOT NULL,
    cleared_seq  bigint NOT NULL,
    cleared_at   bigint NOT NULL,
    updated_at   bigint NOT NULL,
    updated_seq  bigint NOT NULL,
    claim_shapes bytea,
    PRIMARY KEY (workspace_id, namespace)
) /* clustered */;

-- value is the JSON text as it came, and the last column: what only looks at the others does not read it. A deleted
-- record stays as a tombstone: its version goes on.
CREATE TABLE store_record (
    workspace_id text   NOT NULL,
    namespace    text   NOT NULL,
    key          text   NOT NULL,
    version      bigint NOT NULL,
    size         bigint NOT NULL,
    created_at   bigint NOT NULL,
    created_by   text   NOT NULL,
    updated_at   bigint NOT NULL,
    updated_by   text   NOT NULL,
    expires_at   bigint,
    deleted_at   bigint,
    created_seq  bigint NOT NULL,
    updated_seq  bigint NOT NULL,
    claim_id     text,
    salt         bytea  NOT NULL,
    metadata     bytea,
    value        bytea  NOT NULL,
    PRIMARY KEY (workspace_id, namespace, key)
) /* clustered */;
