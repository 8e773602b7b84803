using System.Collections.Immutable;
using MmoOrleans.Grains.Secrets;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// Who guesses at a password with whom: a network that has logged in under the name before is in a line of its own, all others
/// share one. So a stranger who hammers a name neither uses up its owner's failures nor makes the owner wait.
/// </summary>
internal sealed class GuessLines(AccountOptions options, TimeProvider time)
{
    /// <summary>Networks remembered per name; the one that logged in first is forgotten first.</summary>
    public const int MaxKnown = 8;

    private readonly Dictionary<SecretHash, GuessLine> _known = [];
    private readonly GuessLine _others = New(options, time);

    /// <summary>How a network is remembered: nobody reads in a database from where somebody plays.</summary>
    public static SecretHash HashOf(string source, CredentialRecord credential) => SecretHash.Of($"{credential.Account.Value:N} {source}");

    /// <summary>The credential after a login from there; itself when that is nothing new.</summary>
    public static CredentialRecord Known(CredentialRecord credential, string source)
    {
        var hash = HashOf(source, credential);
        if (source.Length == 0 || credential.KnownSources.Contains(hash)) return credential;
        var kept = credential.KnownSources.Length < MaxKnown ? credential.KnownSources : credential.KnownSources.RemoveAt(0);
        return credential with { KnownSources = kept.Add(hash) };
    }

    /// <param name="source">The network; empty: unknown.</param>
    public GuessLine LineOf(string source, CredentialRecord credential)
    {
        var hash = HashOf(source, credential);
        if (source.Length == 0 || !credential.KnownSources.Contains(hash)) return _others;
        foreach (var forgotten in _known.Keys.Except(credential.KnownSources).ToImmutableArray()) _known.Remove(forgotten);
        if (!_known.TryGetValue(hash, out var line)) _known[hash] = line = New(options, time);
        return line;
    }

    private static GuessLine New(AccountOptions options, TimeProvider time) => new(options.MaxFailures, options.FailureWindow, time);
}
