// Everything that npm's `statuspage.io` reads of a page, as JSON. Called with the page's address.
const { Statuspage } = require("statuspage.io");

const client = new Statuspage("unused");
client.setApiUrl(process.argv[2]);
const { api } = client;

async function ask() {
  return {
    status: await api.getStatus(),
    summary: await api.getSummary(),
    components: await api.getComponents(),
    incidents: await api.incidents.getAll(),
    unresolved: await api.incidents.getUnresolved(),
    maintenances: await api.scheduledMaintenances.getAll(),
    upcoming: await api.scheduledMaintenances.getUpcoming(),
  };
}

ask().then((found) => console.log(JSON.stringify(found)));
