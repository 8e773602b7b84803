using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Characters;

/// <summary>Makes a character. The rules of names and slots are the account's.</summary>
internal sealed class CreateCharacterHandler(IGrainFactory grains)
{
    public async Task Handle(ClientRequest request, CreateCharacter command)
    {
        if (RefuseShape(command) is { } code)
        {
            request.Refuse(code);
            return;
        }
        var account = request.Connection.Account!;
        var owner = grains.GetGrain<IAccountGrain>(account.Id.Value);
        var answer = await request.Ask(patience => owner.CreateCharacter(account.Epoch, command.Name, command.Appearance.Memory, patience));
        if (answer.TryGet(out var character, out var why))
            request.Answer(new ServerMessage { CharacterCreated = new CharacterCreated { Character = character.ToWire() } });
        else
            request.Refuse(why);
    }

    /// <summary>What no account could accept does not need to travel to one.</summary>
    private static RefusalCode? RefuseShape(CreateCharacter command)
    {
        if (command.Name.Length > WireLimits.NameLength)
            return RefusalCode.CharacterNameTooLong;
        return command.Appearance.Length > WireLimits.AppearanceBytes ? RefusalCode.InvalidCharacterData : null;
    }
}
