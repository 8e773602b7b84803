namespace MmoOrleans.Grains.Accounts.Passwords;

/// <summary>
/// Hashes and verifies passwords on threads of its own, so that a grain awaits the answer and no other grain waits for the work.
/// A caller that gives up while its password still waits takes it out of the queue.
/// </summary>
public interface IPasswordHashing
{
    /// <summary>Hashes a new password. The text of the answer is all that is stored.</summary>
    Task<PasswordHashed> Hash(string password, CancellationToken cancellation = default);

    /// <summary>Compares a password with a stored text of <see cref="Hash"/>.</summary>
    Task<PasswordVerified> Verify(string password, string hash, CancellationToken cancellation = default);

    /// <summary>
    /// Answers that the password is wrong, after as long as a comparison takes: for a name that does not exist, so that the
    /// time of the answer does not tell.
    /// </summary>
    Task<PasswordVerified> VerifyNothing(string password, CancellationToken cancellation = default);
}
