using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Accounts;

/// <summary>What an email grain stores: whose the address is.</summary>
[StoredRecord(1)]
internal sealed record EmailRecord
{
    public const string State = "email";

    /// <summary>Null: nobody's.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The name that claimed it: it knows whether the account was made.</summary>
    public string Username { get; init; } = "";

    /// <summary>A claim that was not confirmed yet may be contested from here on; null: confirmed.</summary>
    public DateTimeOffset? PendingUntil { get; init; }
}
