using Microsoft.Data.Sqlite;

namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>The database file: made or brought up to date when it opens, or refused with a sentence.</summary>
internal sealed class SqliteFile(string path)
{
    internal string Path { get; } = path;

    /// <exception cref="StorageUnavailableException">The file cannot be used; the message says why and what to change.</exception>
    internal void Open()
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            using var connection = new SqliteConnection(SqliteHosting.ConnectionString(Path));
            connection.Open();
            // Readers and the one writer do not wait for each other; the file remembers this.
            connection.Execute("PRAGMA journal_mode=WAL");
            SqliteSchema.BringUpToDate(connection, Path);
        }
        catch (Exception failure) when (Reason(failure) is { } reason)
        {
            throw new StorageUnavailableException($"storagePath {Path} {reason}.", failure);
        }
    }

    /// <summary>Closes what the provider keeps pooled for this file.</summary>
    internal void Close()
    {
        using var pooled = new SqliteConnection(SqliteHosting.ConnectionString(Path));
        SqliteConnection.ClearPool(pooled);
    }

    private static string? Reason(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: SqliteErrors.NotADatabase } => "is not a SQLite database: name another file, or restore it from a backup",
        SqliteException { SqliteErrorCode: SqliteErrors.Corrupt } => "is damaged: restore it from a backup",
        SqliteException { SqliteErrorCode: SqliteErrors.Busy or SqliteErrors.Locked } => "is locked by another program: stop that one, or name another file",
        SqliteException { SqliteErrorCode: SqliteErrors.Full } => "has no room on its disk",
        SqliteException { SqliteErrorCode: SqliteErrors.ReadOnly or SqliteErrors.CannotOpen or SqliteErrors.Permission } sqlite =>
            $"cannot be opened for writing ({sqlite.Message}): check that it is a file this user may write",
        SqliteException sqlite => $"cannot be used ({sqlite.Message})",
        UnauthorizedAccessException or IOException => $"cannot be made ({failure.Message})",
        _ => null,
    };
}
