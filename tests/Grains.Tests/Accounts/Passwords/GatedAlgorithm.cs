using MmoOrleans.Grains.Accounts.Passwords;

namespace MmoOrleans.Grains.Tests.Accounts.Passwords;

/// <summary>A hasher that says when it begins and goes on only when it is let: the queue can be looked at in between.</summary>
internal sealed class GatedAlgorithm : IPasswordAlgorithm
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim _begun = new(0);
    private readonly SemaphoreSlim _gate = new(0);
    private readonly List<string> _passwords = [];

    internal IReadOnlyList<string> Passwords
    {
        get { lock (_passwords) return [.. _passwords]; }
    }

    internal Action<string> Meanwhile { get; set; } = _ => { };

    internal async Task UntilBegun(int count = 1)
    {
        for (var i = 0; i < count; i++)
            Assert.True(await _begun.WaitAsync(Patience), $"waited for {count} hashes to begin, only {i} did");
    }

    internal void Let(int count = 1) => _gate.Release(count);

    public string Hash(string password)
    {
        lock (_passwords) _passwords.Add(password);
        _begun.Release();
        if (!_gate.Wait(Patience)) throw new TimeoutException($"the test never let the hash of {password} go on");
        Meanwhile(password);
        return "hash of " + password;
    }

    public PasswordVerified.Verified Verify(string password, string hash) => new(Hash(password) == hash, RehashNeeded: false);
}
