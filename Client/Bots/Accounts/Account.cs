using System.Globalization;
using Google.Protobuf;

namespace MmoOrleans.Bots.Accounts;

/// <summary>One bot's account and its one character, which bears the same name. What is not known yet is empty.</summary>
internal sealed record Account(string Name)
{
    /// <summary>So that PREFIX_000001 is a character's name, which has at most 16 letters.</summary>
    public const int LongestPrefix = 9;

    /// <summary>Bots are for servers of one's own: the password follows from the name, so that any run can log in.</summary>
    public string Password => $"{Name}-password";

    public ByteString AccountId { get; init; } = ByteString.Empty;

    public string Token { get; init; } = "";

    public ByteString CharacterId { get; init; } = ByteString.Empty;

    /// <summary>The name of the first bot ends in 000001.</summary>
    public static string NameOf(string prefix, int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}_{index + 1:D6}");
}
