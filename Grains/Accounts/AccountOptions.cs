using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;

namespace MmoOrleans.Grains.Accounts;

/// <summary>The rules for accounts.</summary>
public sealed class AccountOptions : AccountLimits
{
    /// <summary>
    /// Wrong passwords per name within <see cref="FailureWindow"/>; then nothing is hashed until the oldest is over. A network
    /// that has logged in under the name before counts by itself, all others together. Default: 5.
    /// </summary>
    public int MaxFailures { get; set; } = 5;

    /// <summary>How long a wrong password counts. Default: 1 minute.</summary>
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an access token is good after its login. Default: 7 days.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Characters of one account, at most. Default: 5.</summary>
    public int CharacterSlots { get; set; } = 5;

    /// <summary>Bytes of a character's appearance, at most. Default: 1,024, and no more.</summary>
    public int MaxAppearanceBytes { get; set; } = WireLimits.AppearanceBytes;
}
