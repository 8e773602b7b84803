using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;

namespace MmoOrleans.Gateway.Accounts;

/// <summary>The account that a connection proved, and of which login.</summary>
internal sealed record LoggedInAccount(AccountId Id, SessionHolder Holder)
{
    public long Epoch => Holder.Epoch;
}
