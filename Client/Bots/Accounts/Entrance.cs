using MmoOrleans.Protocol;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots.Accounts;

/// <summary>
/// From nothing to a map: connect, log in (with the token if there is one, else with the password, registering first if the
/// account is new), make a character if there is none, select it and enter. A busy answer is retried when it says so.
/// </summary>
/// <param name="channel">Where to play; empty: the first channel that has maps.</param>
/// <param name="mayCreate">False: nothing is made that is not there.</param>
internal sealed class Entrance(MmoClient client, AccountBook book, Patience patience, string channel = "", bool mayCreate = true)
{
    public async Task<Answer<MapVisit>> Enter(ServerEndpoint server, string name, CancellationToken cancellation)
    {
        var connected = await patience.Ask(() => client.ConnectCentralAsync(server, cancellation), cancellation);
        if (!connected.IsGranted(out _)) return Failed(connected);
        var account = book.Find(name);
        var loggedIn = await LogIn(account, cancellation);
        if (!loggedIn.IsGranted(out var login)) return Failed(loggedIn);

        book.Keep(account = account with { AccountId = login.AccountId, Token = login.AccessToken });
        return await Play(account, cancellation);
    }

    private async Task<Answer<LoggedIn>> LogIn(Account account, CancellationToken cancellation)
    {
        if (account.Token.Length > 0)
        {
            var byToken = await patience.Ask(() => client.ValidateTokenAsync(account.AccountId, account.Token, cancellation), cancellation);
            if (byToken.Code != ErrorCode.InvalidUserToken) return byToken;
        }
        else if (mayCreate)
        {
            var registered = await patience.Ask(() => client.RegisterAsync(account.Name, account.Password, cancellation: cancellation), cancellation);
            if (!registered.IsGranted(out _) && registered.Code != ErrorCode.UsernameExisted) return Failed<Registered, LoggedIn>(registered);
        }

        return await patience.Ask(() => client.LoginAsync(account.Name, account.Password, cancellation), cancellation);
    }

    private async Task<Answer<MapVisit>> Play(Account account, CancellationToken cancellation)
    {
        if (!account.CharacterId.IsEmpty)
        {
            var entered = await SelectAndEnter(account, cancellation);
            if (entered.Code != ErrorCode.CharacterNotFound || !mayCreate) return entered;
        }

        var found = await FindOrCreate(account, cancellation);
        if (!found.IsGranted(out var character)) return Failed(found);
        book.Keep(account = account with { CharacterId = character.CharacterId });
        return await SelectAndEnter(account, cancellation);
    }

    private Task<Answer<MapVisit>> SelectAndEnter(Account account, CancellationToken cancellation) =>
        patience.Ask(() => client.SelectAndEnterAsync(account.CharacterId, channel, cancellation), cancellation);

    private async Task<Answer<Character>> FindOrCreate(Account account, CancellationToken cancellation)
    {
        var listed = await patience.Ask(() => client.CharactersAsync(cancellation), cancellation);
        if (!listed.IsGranted(out var list)) return Failed<CharacterList, Character>(listed);
        if (list.Characters.Count > 0) return new Answer<Character>.Granted(list.Characters[0]);
        if (!mayCreate) return new Answer<Character>.NoAnswer(ErrorCode.CharacterNotFound, "The account has no character.");

        var created = await patience.Ask(() => client.CreateCharacterAsync(account.Name, cancellation: cancellation), cancellation);
        return created.IsGranted(out var made) ? new Answer<Character>.Granted(made.Character) : Failed<CharacterCreated, Character>(created);
    }

    private static Answer<MapVisit> Failed<T>(Answer<T> answer) => Failed<T, MapVisit>(answer);

    private static Answer<TOther> Failed<T, TOther>(Answer<T> answer) => new Answer<TOther>.NoAnswer(answer.Code, answer.Sentence);
}
