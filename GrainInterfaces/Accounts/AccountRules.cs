using System.Net.Mail;
using System.Text;
using MmoOrleans.GrainInterfaces.Names;

namespace MmoOrleans.GrainInterfaces.Accounts;

/// <summary>
/// What a registration must look like; null: nothing is wrong. Asked by the gateway before any grain is, and by the grain before
/// anything is stored or hashed.
/// </summary>
public sealed class AccountRules(AccountLimits options)
{
    /// <summary>The longest address that mail can be sent to (RFC 5321, 4.5.3.1.3).</summary>
    private const int MaxEmailLength = 254;

    public Refusal? Check(Registration registration) =>
        (CheckUsername(registration.Username) ?? CheckEmail(registration.Email) ?? CheckPassword(registration.Password)) is { } code
            ? Refusal.For(code)
            : CheckReserved(registration.Username, RefusalCode.InvalidUsername);

    /// <summary>Names that speak for the server are nobody's, however they are spelt: neither a username nor a character's.</summary>
    public Refusal? CheckReserved(string name, RefusalCode code)
    {
        var folded = NameFolding.Fold(name);
        return options.ReservedNames.Any(reserved => NameFolding.Fold(reserved) == folded) ? new Refusal(code, "This name is reserved.") : null;
    }

    /// <summary>Whether a password could be anybody's: one that is too long never was accepted and is not worth its hash.</summary>
    public bool CouldBePassword(string password) => Encoding.UTF8.GetByteCount(password) <= options.MaxPasswordBytes;

    private RefusalCode? CheckUsername(string username)
    {
        if (!username.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) return RefusalCode.InvalidUsername;
        if (username.Length < options.MinUsernameLength) return RefusalCode.UsernameTooShort;
        return username.Length > options.MaxUsernameLength ? RefusalCode.UsernameTooLong : null;
    }

    private RefusalCode? CheckEmail(string email)
    {
        if (email.Length == 0) return options.RequireEmail ? RefusalCode.InvalidEmail : null;
        // The folded form is the key of the address's owner, and can be longer than what was typed.
        var valid = email.Length <= MaxEmailLength && NameFolding.Fold(email).Length <= MaxEmailLength && !email.EndsWith('.') && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email;
        return valid ? null : RefusalCode.InvalidEmail;
    }

    private RefusalCode? CheckPassword(string password)
    {
        if (password.Length < options.MinPasswordLength) return RefusalCode.PasswordTooShort;
        return CouldBePassword(password) ? null : RefusalCode.PasswordTooLong;
    }
}
