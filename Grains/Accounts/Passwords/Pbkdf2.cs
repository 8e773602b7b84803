using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>PBKDF2-HMAC-SHA512 with a salt per password, by the hasher of ASP.NET Core Identity.</summary>
internal sealed class Pbkdf2(int iterations) : IPasswordAlgorithm
{
    // The hasher asks for a user and looks at none.
    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));

    public string Hash(string password) => _hasher.HashPassword(NoUser, password);

    public PasswordVerified.Verified Verify(string password, string hash)
    {
        var answer = _hasher.VerifyHashedPassword(NoUser, hash, password);
        return new(answer != PasswordVerificationResult.Failed, answer == PasswordVerificationResult.SuccessRehashNeeded);
    }
}
