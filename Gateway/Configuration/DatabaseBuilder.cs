using MmoOrleans.Gateway.Databases;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>The part of the settings that names the database. What it says of the connection string never quotes it.</summary>
internal sealed class DatabaseBuilder(ConfigValues values, Findings findings)
{
    private const int PostgresIndex = 2;

    public DatabaseSettings Build()
    {
        var kind = Kind();
        if (kind != DatabaseKind.Sqlite)
            return new DatabaseSettings(kind, ConnectionString(kind), TimeSpan.FromSeconds(values.Whole("databaseWaitSeconds")));
        if (values.IsGiven(DatabaseSettings.ConnectionStringKey))
            findings.Warn("connectionString is ignored: the database is SQLite, a file; database = postgres or redis uses it");
        return DatabaseSettings.Sqlite;
    }

    private DatabaseKind Kind()
    {
        var byIndex = values.Whole("databaseOptionIndex") == PostgresIndex ? DatabaseKind.Postgres : DatabaseKind.Sqlite;
        if (values.Text("database") is not { } word)
            return byIndex;
        var named = Enum.Parse<DatabaseKind>(word, ignoreCase: true);
        if (values.IsGiven("databaseOptionIndex") && named != byIndex)
            findings.Warn($"database = {word} counts, not databaseOptionIndex = {values.Whole("databaseOptionIndex")}");
        return named;
    }

    private string ConnectionString(DatabaseKind kind)
    {
        var (isFit, example) = kind == DatabaseKind.Postgres
            ? ((Func<string, bool>)PostgresDatabase.IsConnectionString, PostgresDatabase.Example)
            : (RedisDatabase.IsConnectionString, RedisDatabase.Example);
        var text = values.Text(DatabaseSettings.ConnectionStringKey);
        if (text is null)
            findings.Refuse($"database is {kind}, but connectionString is not set: expected one such as {example}, best in the environment as MMO_CONNECTIONSTRING");
        else if (!isFit(text))
            findings.Refuse($"connectionString (not shown, {values.Of(DatabaseSettings.ConnectionStringKey)!.Origin.Words}): expected one of {kind}, such as {example}");
        return text ?? "";
    }
}
