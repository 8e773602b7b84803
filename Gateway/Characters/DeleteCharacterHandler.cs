using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Characters;

/// <summary>Deletes a character of the account.</summary>
internal sealed class DeleteCharacterHandler(IGrainFactory grains)
{
    public async Task Handle(ClientRequest request, DeleteCharacter command)
    {
        if (!WireIds.TryRead(command.CharacterId, out var character))
        {
            request.Refuse(RefusalCode.CharacterNotFound);
            return;
        }
        var account = request.Connection.Account!;
        var owner = grains.GetGrain<IAccountGrain>(account.Id.Value);
        var answer = await request.AskForLong(owner.DeleteCharacter(account.Epoch, new CharacterId(character)));
        if (answer.TryGet(out _, out var why))
            request.Answer(new ServerMessage { CharacterDeleted = new CharacterDeleted { CharacterId = command.CharacterId } });
        else
            request.Refuse(why);
    }
}
