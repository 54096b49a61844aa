using System.Data.Common;

namespace Baton.Server.Platform.Storage.Readers;

/// <summary>A connection with its prepared commands. Used by one caller at a time.</summary>
/// <param name="connection">The open connection.</param>
/// <param name="prepares">
/// Whether commands are prepared when they are made; a provider may do so by itself, when it knows the values' types.
/// </param>
internal sealed class ReadSession(DbConnection connection, bool prepares = true) : IDisposable
{
    readonly Dictionary<string, DbCommand> _commands = new(ReferenceEqualityComparer.Instance);

    /// <summary>The lane sets it while its transaction is open, because ADO.NET wants it on every command.</summary>
    public DbTransaction? Transaction { get; set; }

    public DbConnection Connection => connection;

    /// <summary>
    /// The prepared command of an SQL text, with its parameters set in the order in which the text names them.
    /// The text must be a constant: commands are kept by it for the connection's life.
    /// </summary>
    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }

            command.Transaction = Transaction;
            if (prepares) command.Prepare();
            _commands.Add(sql, command);
            return command;
        }

        command.Transaction = Transaction;
        for (var index = 0; index < parameters.Length; index++)
            command.Parameters[index].Value = parameters[index].Value ?? DBNull.Value;
        return command;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        connection.Dispose();
    }
}
