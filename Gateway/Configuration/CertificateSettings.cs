namespace MmoOrleans.Gateway.Configuration;

/// <summary>A certificate file that exists, and the password it opens with, if it has one.</summary>
public sealed record CertificateSettings(string Path, string? Password)
{
    /// <summary>The path alone; a password never ends up in a log.</summary>
    public override string ToString() => Path;
}
