namespace MmoOrleans.Bots.Accounts;

/// <summary>
/// The accounts of all bots, kept in a file between runs so that a second run logs in with tokens and hashes no password.
/// Lines of accounts that this run does not use stay in the file.
/// </summary>
internal sealed class AccountBook
{
    private readonly Lock _gate = new();
    private readonly string? _path;
    private readonly Dictionary<string, Account> _accounts = [];
    private bool _isChanged;

    /// <param name="path">Null: nothing is kept. A file that is missing is an empty one.</param>
    public AccountBook(string? path)
    {
        _path = path;
        if (path is null || !File.Exists(path)) return;
        foreach (var line in LineFile.Read<AccountLine>(path)) _accounts[line.Account] = line.ToAccount();
    }

    public Account Find(string name)
    {
        lock (_gate) return _accounts.GetValueOrDefault(name) ?? new Account(name);
    }

    public void Keep(Account account)
    {
        lock (_gate)
        {
            _accounts[account.Name] = account;
            _isChanged = true;
        }
    }

    /// <summary>Writes the file when something has changed.</summary>
    public void Save()
    {
        List<AccountLine> lines;
        lock (_gate)
        {
            if (_path is null || !_isChanged) return;
            lines = [.. _accounts.Values.OrderBy(one => one.Name, StringComparer.Ordinal).Select(AccountLine.Of)];
            _isChanged = false;
        }

        LineFile.Write(_path, lines);
    }
}
