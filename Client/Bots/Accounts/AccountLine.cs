using Google.Protobuf;

namespace MmoOrleans.Bots.Accounts;

/// <summary>An account as a line of JSON: ids and token as the server gave them, ids in base64.</summary>
internal sealed record AccountLine(string Account, string AccountId, string Token, string CharacterId)
{
    public static AccountLine Of(Account account) => new(account.Name, account.AccountId.ToBase64(), account.Token, account.CharacterId.ToBase64());

    public Account ToAccount() => new(Account)
    {
        AccountId = ByteString.FromBase64(AccountId),
        Token = Token,
        CharacterId = ByteString.FromBase64(CharacterId),
    };
}
