namespace MmoOrleans.Silo.Storage.Sqlite;

/// <summary>The primary result codes of SQLite that have a sentence of their own: https://www.sqlite.org/rescode.html.</summary>
internal static class SqliteErrors
{
    internal const int Permission = 3;
    internal const int Busy = 5;
    internal const int Locked = 6;
    internal const int ReadOnly = 8;
    internal const int Corrupt = 11;
    internal const int Full = 13;
    internal const int CannotOpen = 14;
    internal const int NotADatabase = 26;
}
