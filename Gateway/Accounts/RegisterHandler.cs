using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>Makes an account. Does not log in.</summary>
internal sealed class RegisterHandler(IGrainFactory grains)
{
    public async Task Handle(ClientRequest request, Register command)
    {
        if ((AccountShapes.RefuseUsername(command.Username) ?? AccountShapes.RefusePassword(command.Password)) is { } code)
        {
            request.Refuse(code);
            return;
        }
        var owner = grains.GetGrain<IUsernameGrain>(GrainKeys.Username(command.Username));
        var registration = new Registration(command.Username, command.Password, command.Email);
        var answer = await request.AskForLong(patience => owner.Register(registration, patience));
        if (answer.TryGet(out var account, out var why))
            request.Answer(new ServerMessage { Registered = new Registered { AccountId = account.Value.ToWire() } });
        else
            request.Refuse(why);
    }
}
