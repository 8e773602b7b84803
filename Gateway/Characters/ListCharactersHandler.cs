using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Characters;

/// <summary>The account's characters, most recently played first.</summary>
internal sealed class ListCharactersHandler(IGrainFactory grains)
{
    public async Task Handle(ClientRequest request)
    {
        var account = request.Connection.Account!;
        var answer = await request.Ask(grains.GetGrain<IAccountGrain>(account.Id.Value).ListCharacters(account.Epoch));
        if (answer.TryGet(out var listing, out var why))
            request.Answer(new ServerMessage { CharacterList = ToWire(listing) });
        else
            request.Refuse(why);
    }

    private static CharacterList ToWire(CharacterListing listing)
    {
        var list = new CharacterList { MaxCharacters = (uint)listing.MaxCharacters };
        foreach (var character in listing.Characters)
            list.Characters.Add(character.ToWire());
        return list;
    }
}
