using System.Text;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>
/// What can be a username or password at all. The rules proper are the account's; these keep what could never pass from
/// becoming a grain's key.
/// </summary>
internal static class AccountShapes
{
    public static RefusalCode? RefuseUsername(string username)
    {
        if (username.Length > WireLimits.NameLength)
            return RefusalCode.UsernameTooLong;
        return username.Length == 0 ? RefusalCode.UsernameTooShort : RefuseLetters(username);
    }

    public static RefusalCode? RefusePassword(string password) =>
        Encoding.UTF8.GetByteCount(password) > WireLimits.PasswordBytes ? RefusalCode.PasswordTooLong : null;

    private static RefusalCode? RefuseLetters(string username) =>
        username.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? null : RefusalCode.InvalidUsername;
}
