using MmoOrleans.Gateway.Accounts;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Characters;

/// <summary>Picks the character to play: answered with the map's connection information.</summary>
internal sealed class SelectCharacterHandler(IGrainFactory grains, Sessions sessions)
{
    public async Task Handle(ClientRequest request, SelectCharacter command)
    {
        if (!WireIds.TryRead(command.CharacterId, out var character))
            request.Refuse(RefusalCode.CharacterNotFound);
        else if (command.ChannelId.Length > WireLimits.NameLength)
            request.Refuse(RefusalCode.InvalidChannelId);
        else
            await Select(request, new CharacterId(character), command.ChannelId);
    }

    private async Task Select(ClientRequest request, CharacterId id, string channel)
    {
        var account = request.Connection.Account!;
        var listed = await request.Ask(grains.GetGrain<IAccountGrain>(account.Id.Value).PlayCharacter(account.Epoch, id));
        if (!listed.TryGet(out var character, out var why))
        {
            request.Refuse(why);
            return;
        }
        var selected = await request.AskForLong(patience => sessions.Of(account).Select(request.Connection.Id, account.Epoch, character, channel, patience));
        if (selected.TryGet(out var ticket, out var refusal))
            request.Answer(new ServerMessage { MapConnection = ticket.ToWire() });
        else
            request.Refuse(refusal);
    }
}
