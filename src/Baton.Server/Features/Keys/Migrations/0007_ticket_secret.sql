-- Of the key's secret with which the ticket was made: it opens as long as that one does. Null: made before there was
-- this column, and opens nothing.
ALTER TABLE ticket ADD COLUMN secret_hash bytea;
