using System.Text.Json.Serialization;

namespace MmoOrleans.Bots.Past;

/// <summary>
/// What <c>--verify</c> found, in the words of its JSON. <c>missing</c>: the account or its character is not there. <c>stale</c>: the character
/// stands elsewhere. <c>errors</c> counts these and everybody who could not get in for another reason.
/// </summary>
internal sealed record VerificationReport(int Accounts, int Verified, int Missing, int Stale, int Errors, long Busy, double Seconds, IReadOnlyList<string> Problems)
{
    /// <summary>No connection to the server could be made at all.</summary>
    [JsonIgnore]
    public bool IsUnreachable { get; init; }

    [JsonIgnore]
    public int ExitCode => IsUnreachable ? ExitCodes.CouldNotConnect : Verified == Accounts && Accounts > 0 ? ExitCodes.Success : ExitCodes.Failed;
}
