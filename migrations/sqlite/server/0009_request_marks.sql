-- Nothing: one process serves a file, and keeps the marks of the last minutes' requests in memory.
SELECT 1;
