using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>Makes an account. Does not log in. What the rules or the limits refuse reaches no grain.</summary>
internal sealed class RegisterHandler(IGrainFactory grains, GatewayOptions options, RegistrationLimits limits, HashingShares shares)
{
    private readonly AccountRules _rules = new(options.Accounts);

    public async Task Handle(ClientRequest request, Register command)
    {
        var registration = new Registration(command.Username, command.Password, command.Email);
        var address = request.Connection.Transport.RemoteAddress;
        if ((_rules.Check(registration) ?? limits.Take(address)) is { } refused)
        {
            request.Refuse(refused);
            return;
        }
        using var share = shares.Take(address);
        if (share.IsAcquired)
            await Register(request, registration);
        else
            request.Refuse(RefusalCode.ServerBusy, options.BusyRetry);
    }

    private async Task Register(ClientRequest request, Registration registration)
    {
        var owner = grains.GetGrain<IUsernameGrain>(GrainKeys.Username(registration.Username));
        var answer = await request.AskForLong(patience => owner.Register(registration, patience));
        if (answer.TryGet(out var account, out var why))
            request.Answer(new ServerMessage { Registered = new Registered { AccountId = account.Value.ToWire() } });
        else
            request.Refuse(why);
    }
}
