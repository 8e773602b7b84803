namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>The slow work itself, on the caller's thread; called by several threads at once.</summary>
internal interface IPasswordAlgorithm
{
    string Hash(string password);

    PasswordVerified.Verified Verify(string password, string hash);
}
